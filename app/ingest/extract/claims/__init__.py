"""From attributed content to claims: chains, acts, certainty, responses, and narration."""
