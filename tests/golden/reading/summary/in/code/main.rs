// ANCHOR: main
fn main() { println!("مرحبا"); }
// ANCHOR_END: main
