using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using AttentionNotebooks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TorchSharp;

// The library sets up the loading of libtorch before its own first use.
RuntimeHelpers.RunModuleConstructor(typeof(Attention).Module.ModuleHandle);
torch.set_num_threads(1);

if (args is ["steps"])
{
    foreach (var line in StepProfile.Rows()) Console.WriteLine(line);
    return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(9))
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "attention-benchmarks"))
    .WithOptions(ConfigOptions.DisableLogFile);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);

// In one run: the median of each against its baseline's.
var lines = new List<string> { "| benchmark | of | median | ratio | at most | met |", "| --- | --- | ---: | ---: | ---: | --- |" };
foreach (var group in summaries.SelectMany(summary => summary.Reports).Where(report => report.Success).GroupBy(report => (report.BenchmarkCase.Descriptor.Type, Parameters: report.BenchmarkCase.Parameters.DisplayInfo)))
{
    var baseline = group.Single(report => report.BenchmarkCase.Descriptor.Baseline);
    foreach (var report in group.Where(report => !report.BenchmarkCase.Descriptor.Baseline)) lines.Add(Row(report, baseline, group.Key.Parameters));
}

Console.WriteLine();
lines.ForEach(Console.WriteLine);

static string Row(BenchmarkReport report, BenchmarkReport baseline, string parameters)
{
    var descriptor = report.BenchmarkCase.Descriptor;
    var goal = descriptor.WorkloadMethod.GetCustomAttribute<GoalAttribute>()!.Ratio;
    var (time, ratio) = (report.ResultStatistics!.Median, report.ResultStatistics.Median / baseline.ResultStatistics!.Median);
    return string.Create(CultureInfo.InvariantCulture, $"| {descriptor.WorkloadMethodDisplayInfo.Trim('\'')} {parameters} | {baseline.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')} | {time / 1000:F0} µs | {ratio:F2} | {goal} | {(ratio <= goal ? "yes" : "no")} |");
}
