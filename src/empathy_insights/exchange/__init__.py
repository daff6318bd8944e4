"""Work that moves: to and from the programs in which people code by hand."""
