using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>
/// Pictures in rows and columns (one is a grid too), each with a title, boxes, ways, and attention weights over it
/// on one scale for all: zero is transparent. A colour bar and a key of boxes and ways stand by when there is something to explain.
/// </summary>
public sealed class ImageGrid : Figure
{
    private readonly Tile[] _tiles;

    /// <summary>Arranges the pictures, row by row.</summary>
    /// <param name="tiles">At least one, all of one size.</param>
    /// <exception cref="ArgumentException">No picture, an empty one, or pictures of different sizes.</exception>
    public ImageGrid(params IEnumerable<Tile> tiles)
    {
        _tiles = [.. tiles];
        if (_tiles.Length == 0 || _tiles[0].Height == 0 || _tiles[0].Width == 0)
            throw new ArgumentException("A grid of images needs at least one image of at least one pixel.", nameof(tiles));
        if (Array.Find(_tiles, tile => (tile.Height, tile.Width) != (_tiles[0].Height, _tiles[0].Width)) is { } other)
            throw new ArgumentException($"Image “{other.Title}” is {other.Height}×{other.Width} and the first is {_tiles[0].Height}×{_tiles[0].Width}: give images of one size.", nameof(tiles));
    }

    /// <summary>Pictures in a row; at most five unless given.</summary>
    public int Columns
    {
        get => field > 0 ? Math.Min(field, _tiles.Length) : Math.Min(5, _tiles.Length);
        init;
    }

    /// <summary>What the colour bar of the attention maps is called.</summary>
    public string MapName { get; init; } = "attention weight α";

    /// <summary>The weight at the full end of the scale; the largest there is unless given.</summary>
    public double? MapMaximum { get; init; }

    internal override FigureSize Size => Geometry.Size;

    private GridGeometry Geometry => new(_tiles, Columns, HasMap, HasKey);

    private bool HasMap => Array.Exists(_tiles, tile => tile.Map is not null);

    private bool HasKey => Array.Exists(_tiles, tile => tile.Boxes.Any(box => box.Name.Length > 0) || tile.Paths.Any(path => path.Name.Length > 0));

    private double Maximum => MapMaximum ?? Math.Max(1e-6, _tiles.Max(tile => tile.Map?.Pixels(tile.Height, tile.Width).Max() ?? 0));

    /// <inheritdoc/>
    public override GenericChart ToChart()
    {
        GridGeometry geometry = Geometry;
        var overlays = new TileOverlays(geometry, _tiles);
        IEnumerable<Trace> traces = [geometry.Picture(_tiles, Maximum), .. overlays.Key()];
        if (HasMap)
            traces = [.. traces, overlays.Weights(), TileOverlays.ColourBar(MapName, Maximum)];

        return PlotlyChart.Combine(traces, PlotlyChart.Layout(new
        {
            meta = "pictures",
            xaxis = Axis([0, geometry.Columns], "left"),
            yaxis = Axis([geometry.Rows, 0], "top", "x"),
            margin = geometry.Margin,
            dragmode = false,
            hovermode = "closest",
            showlegend = HasKey,
            legend = new { orientation = "h", x = 0, xanchor = "left", y = 0, yanchor = "top", itemclick = false, itemdoubleclick = false, font = new { size = 13 } },
            shapes = overlays.Shapes(),
            annotations = overlays.Titles(),
        }));
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Describe()
    {
        string names = string.Join(", ", _tiles.Select(tile => tile.Title).Where(title => title.Length > 0));
        var overlays = new TileOverlays(Geometry, _tiles);
        string boxes = string.Join(", ", overlays.KeyBoxes.Select(box => box.Name)), paths = string.Join(", ", overlays.KeyPaths.Select(path => path.Name));
        yield return $"{_tiles.Length} {(_tiles.Length == 1 ? "image" : "images")} of {_tiles[0].Height}×{_tiles[0].Width} pixels" + (names.Length > 0 ? ": " + names : "");
        if (boxes.Length > 0)
            yield return "boxes: " + boxes;
        if (paths.Length > 0)
            yield return "ways: " + paths;
        if (HasMap)
            yield return $"{MapName} from 0 to {PlotlyChart.Text(Maximum)}";
    }

    private static object Axis(double[] range, string constraintoward, string? scaleanchor = null) =>
        new { range, visible = false, fixedrange = true, scaleanchor, constrain = "domain", constraintoward };
}
