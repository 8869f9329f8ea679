"""Evidence on the screen: what each side still lacks, taking files in, and looking at them."""
