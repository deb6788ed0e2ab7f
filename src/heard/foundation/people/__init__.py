"""Who works here: people, units, roles, invitations, who follows whom."""
