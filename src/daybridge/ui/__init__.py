"""How Daybridge looks and behaves: page frames, template tags, styles, small scripts."""
