using TorchSharp;

namespace AttentionNotebooks.Tests;

public sealed class FlopCounterTests
{
    // By hand: 60×60 → 56 valid places at stride 2 = 28, then 13; a window 28×28 → 12 → 5.
    private const long Overview = (2L * 9 * 8 * 15 * 15) + (2L * 8 * 49 * 16 * 5 * 5);
    private const long Score = (2L * 16 * 32) + (2L * 16 * 32 * 25) + (2L * 32 * 25);
    private const long Classify = 2L * 64 * 10;
    private const long AllWindows = (2L * 25 * 16 * 28 * 28) + (2L * 16 * 9 * 32 * 13 * 13) + (25 * 2L * 800 * 64);
    private const long OneWindow = (2L * 25 * 16 * 12 * 12) + (2L * 16 * 9 * 32 * 5 * 5) + (2L * 800 * 64);

    [Fact]
    public void Soft_pays_for_all_windows() => Assert.Equal(Overview + Score + AllWindows + Classify, Count(new Expected()));

    [Fact]
    public void Hard_pays_for_the_window_it_reads() => Assert.Equal(Overview + Score + OneWindow + Classify, Count(new MostLikely()));

    [Fact]
    public void A_counter_that_was_disposed_of_counts_no_more()
    {
        using var scope = torch.NewDisposeScope();
        var reader = Reader();
        var counter = new FlopCounter(reader);
        counter.Dispose();
        reader.ReadAs(torch.zeros(1, 1, 60, 60), new MostLikely());
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public void Recurrent_layers_pay_for_every_step_of_every_sequence()
    {
        using var scope = torch.NewDisposeScope();
        var layers = new BidirectionalGru(3, 5);
        using var counter = new FlopCounter(layers);

        layers.call(torch.zeros(2, 7, 3), torch.tensor(new[] { 7L, 4L }));

        // Three gates, from 3 inputs and 5 states, in two layers; what is padded is computed too.
        Assert.Equal(2 * 2L * 3 * 5 * (3 + 5) * 2 * 7, counter.Count);
    }

    [Fact]
    public void Recurrent_cells_pay_for_every_step()
    {
        using var scope = torch.NewDisposeScope();
        using var cells = new Cells();
        using var counter = new FlopCounter(cells);

        cells.call(torch.zeros(2, 3));

        Assert.Equal(2L * (3 + 4) * 5 * (3 + 5) * 2, counter.Count);
    }

    [Fact]
    public void A_convolution_along_a_sequence_pays_for_every_place()
    {
        using var scope = torch.NewDisposeScope();
        var layer = torch.nn.Sequential(torch.nn.Conv1d(3, 5, kernel_size: 3, padding: 1));
        using var counter = new FlopCounter(layer);

        layer.call(torch.zeros(2, 3, 7));

        Assert.Equal(2L * 3 * 3 * 5 * 2 * 7, counter.Count);
    }

    private static long Count(Read read)
    {
        using var scope = torch.NewDisposeScope();
        var reader = Reader();
        using var counter = new FlopCounter(reader);
        reader.ReadAs(torch.zeros(3, 1, 60, 60), read);
        Assert.Equal(0, counter.Count % 3);
        return counter.Count / 3;
    }

    private sealed class Cells : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly TorchSharp.Modules.GRUCell gru = torch.nn.GRUCell(3, 5);
        private readonly TorchSharp.Modules.LSTMCell lstm = torch.nn.LSTMCell(3, 5);

        public Cells() : base(nameof(Cells)) => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input)
        {
            var state = gru.call(input, torch.zeros(2, 5));
            return lstm.call(input, (state, state)).Item1;
        }
    }

    private static CanvasReader Reader() =>
        new(new Attention(new AdditiveScore(CanvasReader.QueryFeatures, CanvasReader.KeyFeatures, 32), new Softmax(), new Expected()), new torch.Generator(1));
}
