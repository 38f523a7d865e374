"""About the gate and the policy."""
