"""The table of transitions, walked in a real store: every action, in every state, by everybody."""
