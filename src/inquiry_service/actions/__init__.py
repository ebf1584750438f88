"""What Rasa calls back: custom actions, thin over the use cases."""
