"""`python -m inquiry_service` is the same door as the `inquiry-service` command."""

from inquiry_service.cli import main

main()
