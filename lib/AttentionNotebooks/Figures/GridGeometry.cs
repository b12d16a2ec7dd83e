using Plotly.NET;

namespace AttentionNotebooks;

/// <summary>Where the pictures of an <see cref="ImageGrid"/> lie. The unit is one pixel of a picture: all are one large picture with gaps.</summary>
internal sealed class GridGeometry
{
    private const int GapOnScreen = 12, TitleOnScreen = 28, BarOnScreen = 92, KeyOnScreen = 34, LeastTileOnScreen = 40, LetterOnScreen = 8;

    private readonly int _perRow, _tileHeight, _tileWidth, _gap, _titleGap, _leastTile;
    private readonly double _scale;
    private readonly bool _bar, _key;

    public GridGeometry(Tile[] tiles, int perRow, bool bar, bool key)
    {
        (_perRow, _bar, _key) = (perRow, bar, key);
        (_tileHeight, _tileWidth) = (tiles[0].Height, tiles[0].Width);
        double room = FigureSize.ColumnWidth - (bar ? BarOnScreen : 2) - (GapOnScreen * (perRow - 1));
        _scale = Math.Min(room / perRow, MostOnScreen(perRow) * Math.Max(1, (double)_tileWidth / _tileHeight)) / _tileWidth;
        _gap = perRow == 1 && tiles.Length == 1 ? 0 : (int)Math.Ceiling(GapOnScreen / _scale);
        _titleGap = Array.Exists(tiles, tile => tile.Title.Length > 0) ? (int)Math.Ceiling(TitleOnScreen / _scale) : 0;

        _leastTile = Math.Max(LeastTileOnScreen, LetterOnScreen * tiles.Max(tile => tile.Title.Length));

        int rows = (tiles.Length + perRow - 1) / perRow;
        Columns = (perRow * (_tileWidth + _gap)) - _gap;
        Rows = (rows * (_tileHeight + _titleGap + _gap)) - _gap;
    }

    /// <summary>Pixels across the whole.</summary>
    public int Columns { get; }

    /// <summary>Pixels down the whole.</summary>
    public int Rows { get; }

    public FigureSize Size
    {
        get
        {
            int width = (int)Math.Ceiling(Columns * _scale) + (_bar ? BarOnScreen : 2);
            int height = (int)Math.Ceiling(Rows * _scale) + 2 + (_key ? KeyOnScreen : 0);
            return new FigureSize(width, height, Math.Min(width, Math.Max(300, _perRow * _leastTile)), KeepsShape: true);
        }
    }

    public object Margin => new { l = 1, t = 1, r = _bar ? BarOnScreen - 1 : 1, b = _key ? KeyOnScreen + 1 : 1, pad = 0 };

    /// <summary>The upper left corner of a picture.</summary>
    public (int Top, int Left) Corner(int tile) =>
        ((tile / _perRow * (_tileHeight + _titleGap + _gap)) + _titleGap, tile % _perRow * (_tileWidth + _gap));

    /// <summary>All pictures with their attention maps blended in, as one: α·colour + (1−α)·grey, and nothing in the gaps.</summary>
    public Trace Picture(Tile[] tiles, double maximum)
    {
        int channels = Array.Exists(tiles, tile => tile.Map is not null || tile.IsColoured) ? 4 : 2;
        byte[] pixels = new byte[Rows * Columns * channels];
        for (int i = 0; i < tiles.Length; i++)
            Paint(pixels, channels, tiles[i], Corner(i), maximum);

        string source = PngImage.DataAddress(Columns, channels, pixels);
        return PlotlyChart.Trace("image", new { source, x0 = 0.5, y0 = 0.5, dx = 1, dy = 1, hoverinfo = "skip" });
    }

    private void Paint(byte[] pixels, int channels, Tile tile, (int Top, int Left) corner, double maximum)
    {
        double[]? weights = tile.Map?.Pixels(tile.Height, tile.Width);
        (byte red, byte green, byte blue) = Palette.Components(Palette.Attention);
        for (int row = 0; row < tile.Height; row++)
        {
            for (int column = 0; column < tile.Width; column++)
            {
                double weight = weights?[(row * tile.Width) + column] ?? 0;
                double cover = Palette.AttentionOpacity * Math.Clamp(weight / maximum, 0, 1);
                (double r, double g, double b) = tile.Colour(row, column);
                Span<byte> pixel = pixels.AsSpan((((corner.Top + row) * Columns) + corner.Left + column) * channels, channels);
                pixel[0] = Blend(255 * r, red, cover);
                if (channels == 4)
                    (pixel[1], pixel[2]) = (Blend(255 * g, green, cover), Blend(255 * b, blue, cover));
                pixel[^1] = byte.MaxValue;
            }
        }
    }

    private static byte Blend(double under, double over, double cover) => (byte)Math.Round((cover * over) + ((1 - cover) * under));

    // One picture may be looked at closely; many are looked over. It is the shorter side of a wide one: sound is as long as it is.
    private static int MostOnScreen(int perRow) => perRow switch { 1 => 340, 2 => 260, 3 => 200, _ => 170 };
}
