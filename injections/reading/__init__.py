"""What pages show, read from rows: nothing here writes, and every question starts from the reader's practice."""
