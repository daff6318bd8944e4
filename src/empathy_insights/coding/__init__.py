"""Code segments against the themes of a codebook."""
