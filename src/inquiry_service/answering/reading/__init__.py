"""Reading a question: what can be told from its words alone, before anything is looked up."""
