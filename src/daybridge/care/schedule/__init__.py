"""Groups, memberships, sessions."""
