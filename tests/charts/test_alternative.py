"""What a chart says to who does not see it."""

import pandas as pd
import plotly.graph_objects as go

from khabar.charts.alternative import chart_table, describe_chart
from khabar.charts.display import isolate
from khabar.charts.template import as_ranking, figure, ranked_bars


def test_a_ranking_is_told_by_name_with_its_unit():
    fig = figure("Actors", "40 documents")
    fig.add_trace(ranked_bars([isolate("الأمم <b>")], [0.25], hover=["x"]))
    fig = as_ranking(fig, 1, "share of documents", shares=True)
    assert chart_table(fig).values.tolist() == [["الأمم <b>", "25%", "share of documents"]]
    assert describe_chart(fig) == "Actors. 40 documents. share of documents"


def test_days_are_days_and_missing_values_have_no_row():
    days = pd.to_datetime(["2015-01-01", "2016-01-01"])
    fig = go.Figure(go.Scatter(x=days, y=[3, None], name="أ"))
    assert chart_table(fig).values.tolist() == [["أ", pd.Timestamp("2015-01-01"), 3]]


def test_a_grid_is_told_cell_by_cell():
    fig = go.Figure(go.Heatmap(x=["a", "b"], y=["c"], z=[[1, 2]]))
    assert chart_table(fig).values.tolist() == [["c", "a", 1], ["c", "b", 2]]


def test_a_figure_that_was_written_out_says_the_same():
    fig = go.Figure(go.Bar(x=pd.Series([1.5, 2.5]), y=["a", "b"], orientation="h"))
    assert chart_table(go.Figure(fig.to_dict())).equals(chart_table(fig))
    grid = go.Figure(go.Heatmap(x=[1, 2], y=[1], z=pd.DataFrame([[1, 2]]).to_numpy()))
    assert chart_table(go.Figure(grid.to_dict()))["value"].tolist() == [1, 2]
