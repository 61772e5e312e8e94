"""Finding sublet ports and grown scopes: rules over usage facts and the registry, findings, cases."""
