"""The nine specifications of the joint policy statement."""
