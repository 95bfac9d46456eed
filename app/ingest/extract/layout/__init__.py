"""How a page lays out its text: quotation marks, datelines, credits, markup."""
