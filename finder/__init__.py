"""finder: which ML internships could you win today, and which step brings the next ones within reach?"""
