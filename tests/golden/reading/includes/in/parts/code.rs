use x;
// ANCHOR: main
fn main() {
    // [ليس رابطًا](x.md)
}
// ANCHOR_END: main
