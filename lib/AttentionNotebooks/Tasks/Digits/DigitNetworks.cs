namespace AttentionNotebooks;

/// <summary>The baselines without attention: networks that see the whole canvas at once.</summary>
public static class DigitNetworks
{
    /// <summary>Two layers over the pixels (Mnih et al. 2014, §4.1, the fully connected baseline).</summary>
    /// <param name="size">S, a canvas's side.</param>
    /// <param name="outputs">O·classes.</param>
    /// <param name="hidden">The width of both.</param>
    public static torch.nn.Module<Tensor, Tensor> FullyConnected(long size, long outputs, long hidden = 256) => torch.nn.Sequential(
        torch.nn.Flatten(),
        torch.nn.Linear(size * size, hidden),
        torch.nn.ReLU(),
        torch.nn.Linear(hidden, hidden),
        torch.nn.ReLU(),
        torch.nn.Linear(hidden, outputs));

    /// <summary>Eight filters of 10×10 at every fifth pixel, and a layer of 256 (Mnih et al. 2014, §4.1, the convolutional baseline).</summary>
    /// <param name="size">S, a canvas's side.</param>
    /// <param name="outputs">O·classes.</param>
    public static torch.nn.Module<Tensor, Tensor> Published(long size, long outputs)
    {
        var side = (size - 10) / 5 + 1;
        return torch.nn.Sequential(
            torch.nn.Conv2d(1, 8, kernel_size: 10, stride: 5),
            torch.nn.ReLU(),
            torch.nn.Flatten(),
            torch.nn.Linear(8 * side * side, 256),
            torch.nn.ReLU(),
            torch.nn.Linear(256, outputs));
    }

    /// <summary>The two convolutions of <see cref="CanvasReader"/>, halved once more, and a layer over all places: what the reader has, without the windows.</summary>
    /// <param name="size">S, a canvas's side.</param>
    /// <param name="outputs">O·classes.</param>
    public static torch.nn.Module<Tensor, Tensor> Convolutional(long size, long outputs)
    {
        var side = ((size - 5) / 2 + 1 - 3) / 2 + 1;
        return torch.nn.Sequential(
            torch.nn.Conv2d(1, 16, kernel_size: 5, stride: 2),
            torch.nn.ReLU(),
            torch.nn.Conv2d(16, 32, kernel_size: 3, stride: 2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Flatten(),
            torch.nn.Linear(32 * (side / 2) * (side / 2), 128),
            torch.nn.ReLU(),
            torch.nn.Linear(128, outputs));
    }
}
