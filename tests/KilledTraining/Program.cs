using System.Globalization;
using System.Security.Cryptography;
using AttentionNotebooks;
using TorchSharp;

// Argument: the checkpoint. Each point of the history is a line, its step; the last line is a digest of all weights and metrics.
NativeTorch.EnsureLoaded();
torch.set_num_threads(1);
using var generator = new torch.Generator(5);
using var learner = new FixedSet(generator);
var options = new TrainingOptions
{
    Steps = 120,
    BatchSize = 24,
    ReportEvery = 4,
    ValidateEvery = 2,
    CheckpointEvery = 2,
    Schedule = new WarmUp(10, new Cosine()),
    EarlyStopping = new EarlyStopping("validation loss", 100),
    Checkpoint = args[0],
};
var history = new Trainer(options).Run(learner, generator, grown => Console.WriteLine(grown.Last!.Step));

using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
foreach (var tensor in learner.Modules.SelectMany(module => module.state_dict().Values))
    digest.AppendData(tensor.bytes);
foreach (var metric in history.Points.SelectMany(point => point.Metrics))
    digest.AppendData([.. System.Text.Encoding.UTF8.GetBytes(metric.Key), .. BitConverter.GetBytes(metric.Value)]);
digest.AppendData(BitConverter.GetBytes(history.Points.Count));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(digest.GetHashAndReset())}"));
