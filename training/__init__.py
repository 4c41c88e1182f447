"""How the weights under `contradict/weights` are made. Not part of the installed package."""
