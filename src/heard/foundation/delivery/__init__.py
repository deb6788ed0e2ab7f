"""How what people are told reaches them outside the pages: mail at once, digest, push."""
