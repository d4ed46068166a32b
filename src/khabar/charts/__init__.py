"""Result tables to plotly figures. A chart computes nothing and never meets raw text."""
