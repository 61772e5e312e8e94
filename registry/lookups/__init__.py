"""What sources outside say: company register, trademark office, ICP filings, licence list, handlers, apps."""
