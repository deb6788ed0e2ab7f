"""What knows neither people nor threads: text, pictures, time, mail, the wire."""
