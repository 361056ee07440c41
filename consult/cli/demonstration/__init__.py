"""The words of the demonstration consultation, as content files, and the one module that reads them."""
