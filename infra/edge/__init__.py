"""What runs at CloudFront's edge, and what it compares with. Plain Python: the command line imports it, too."""
