"""Does it keep what it has promised, whatever happens around it?"""
