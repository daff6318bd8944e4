"""Who is who: voices, the list of people, and what joins the two."""
