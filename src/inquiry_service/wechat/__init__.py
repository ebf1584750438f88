"""The WeChat Official Account: verification, encryption, passive replies."""
