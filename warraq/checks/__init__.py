"""The proofreader's rules: each looks at a Document and gives diagnostics."""
