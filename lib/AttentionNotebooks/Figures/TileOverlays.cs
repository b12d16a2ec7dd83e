using System.Globalization;
using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>What lies over the pictures of an <see cref="ImageGrid"/>: titles, frames, boxes, ways, weights under the pointer; and the key to them.</summary>
internal sealed class TileOverlays(GridGeometry geometry, Tile[] tiles)
{
    private const string White = "#FFFFFF";

    public object[] Titles() =>
    [
        .. tiles.Select((tile, i) => (tile, corner: geometry.Corner(i))).Where(pair => pair.tile.Title.Length > 0).Select(pair => new
        {
            text = PlotlyChart.Label(pair.tile.Title),
            x = pair.corner.Left + (pair.tile.Width / 2.0),
            y = pair.corner.Top,
            yanchor = "bottom",
            yshift = 1,
            showarrow = false,
            font = new { size = 13 },
        }),
    ];

    public object[] Shapes() => [.. tiles.SelectMany((tile, i) => Shapes(tile, geometry.Corner(i)))];

    /// <summary>The kinds of boxes that the key explains.</summary>
    public ImageBox[] KeyBoxes => [.. tiles.SelectMany(tile => tile.Boxes).Where(box => box.Name.Length > 0).DistinctBy(box => (box.Name, box.Role))];

    /// <summary>The kinds of ways that the key explains.</summary>
    public ImagePath[] KeyPaths => [.. tiles.SelectMany(tile => tile.Paths).Where(path => path.Name.Length > 0).DistinctBy(path => (path.Name, path.Role))];

    /// <summary>The legend: how each kind of box and of way is drawn.</summary>
    public IEnumerable<Trace> Key() =>
    [
        .. KeyBoxes.Select(box => KeyEntry(box.Name, "lines", box.Role)),
        .. KeyPaths.Select(path => KeyEntry(path.Name, "lines+markers", path.Role)),
    ];

    /// <summary>Nothing to see: the weight of each place, under the pointer.</summary>
    public Trace Weights()
    {
        var marks = (from i in Enumerable.Range(0, tiles.Length)
                     let corner = geometry.Corner(i)
                     from mark in tiles[i].Map?.Over(tiles[i].Height, tiles[i].Width) ?? []
                     select (x: corner.Left + mark.Place.Left + (mark.Place.Width / 2), y: corner.Top + mark.Place.Top + (mark.Place.Height / 2), mark.Weight)).ToList();
        return PlotlyChart.Trace("scatter", new
        {
            x = PlotlyChart.Numbers(marks.Select(mark => mark.x)),
            y = PlotlyChart.Numbers(marks.Select(mark => mark.y)),
            text = marks.Select(mark => mark.Weight.ToString("0.###", CultureInfo.InvariantCulture)),
            mode = "markers",
            marker = new { size = 12, color = "rgba(0,0,0,0)" },
            hovertemplate = "%{text}<extra></extra>",
            showlegend = false,
        });
    }

    /// <summary>The scale of the maps as it looks over black; plotly.js draws no transparent colour bars.</summary>
    public static Trace ColourBar(string name, double maximum)
    {
        (byte red, byte green, byte blue) = Palette.Components(Palette.Attention);
        string full = string.Join(',', new[] { red, green, blue }.Select(part => Math.Round(part * Palette.AttentionOpacity)));
        return PlotlyChart.Trace("scatter", new
        {
            x = new double?[] { null },
            y = new double?[] { null },
            mode = "markers",
            hoverinfo = "skip",
            showlegend = false,
            marker = new
            {
                color = new double?[] { null },
                cmin = 0,
                cmax = maximum,
                colorscale = new object[] { new object[] { 0, "rgb(0,0,0)" }, new object[] { 1, $"rgb({full})" } },
                showscale = true,
                colorbar = new { title = new { text = PlotlyChart.Label(name), side = "right", font = new { size = 13 } }, thickness = 12, len = 1, ypad = 9, xpad = 8, outlinecolor = "faint", tickfont = new { size = 12 }, tickvals = new[] { 0, maximum / 2, maximum }, tickformat = ".2~g" },
            },
        });
    }

    private static Trace KeyEntry(string name, string mode, Role role) => PlotlyChart.Trace("scatter", new
    {
        x = new double?[] { null },
        y = new double?[] { null },
        mode,
        name = PlotlyChart.Label(name),
        line = new { color = Palette.Of(role), width = 2.5, dash = Dash(role) },
        marker = new { color = Palette.Of(role), size = 7 },
        hoverinfo = "skip",
    });

    private static IEnumerable<object> Shapes(Tile tile, (int Top, int Left) corner) =>
        [.. Frame(tile, corner), .. tile.Boxes.SelectMany(box => Outline(box, corner)), .. tile.Paths.SelectMany(path => Way(path, corner))];

    private static IEnumerable<object> Frame(Tile tile, (int Top, int Left) corner) =>
        [Rectangle(new ImageBox(0, 0, tile.Height, tile.Width), corner, "faint", 1, "solid")];

    // A pale edge under the colour, a dark one under the white dashes: a box shows on black, grey and white pixels alike.
    private static IEnumerable<object> Outline(ImageBox box, (int Top, int Left) corner) => box.Role == Role.Exact
        ? [Rectangle(box, corner, "rgba(0,0,0,0.6)", 3, "solid"), Rectangle(box, corner, White, 1.75, Dash(box.Role))]
        : [Rectangle(box, corner, "rgba(255,255,255,0.5)", 4, "solid"), Rectangle(box, corner, Palette.Of(box.Role), 3, Dash(box.Role))];

    // The same pale edge; a dot at each stop.
    private static IEnumerable<object> Way(ImagePath path, (int Top, int Left) corner)
    {
        (double X, double Y)[] stops = [.. path.Stops.Select(stop => (corner.Left + stop.X, corner.Top + stop.Y))];
        return
        [
            .. stops.Zip(stops.Skip(1), (from, to) => Segment(from, to, "rgba(255,255,255,0.5)", 4)),
            .. stops.Zip(stops.Skip(1), (from, to) => Segment(from, to, Palette.Of(path.Role), 2)),
            .. stops.Select((stop, i) => Dot(stop, i == stops.Length - 1 ? 1.6 : 1, Palette.Of(path.Role))),
        ];
    }

    private static object Segment((double X, double Y) from, (double X, double Y) to, string color, double width) => new
    {
        type = "line",
        x0 = from.X,
        y0 = from.Y,
        x1 = to.X,
        y1 = to.Y,
        line = new { color, width },
    };

    private static object Dot((double X, double Y) at, double radius, string color) => new
    {
        type = "circle",
        x0 = at.X - radius,
        y0 = at.Y - radius,
        x1 = at.X + radius,
        y1 = at.Y + radius,
        fillcolor = color,
        line = new { color = White, width = 1 },
    };

    private static object Rectangle(ImageBox box, (int Top, int Left) corner, string color, double width, string dash) => new
    {
        type = "rect",
        x0 = corner.Left + box.Left,
        x1 = corner.Left + box.Left + box.Width,
        y0 = corner.Top + box.Top,
        y1 = corner.Top + box.Top + box.Height,
        line = new { color, width, dash },
    };

    private static string Dash(Role role) => role == Role.Exact ? "dash" : "solid";
}
