"""From empathy interviews to themes, tables and a problem of practice."""
