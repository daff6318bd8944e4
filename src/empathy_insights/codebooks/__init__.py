"""The codebooks that come with the library, as YAML files."""
