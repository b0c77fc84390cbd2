"""The Instagram dialect: Graph's words about another kind of account."""
