using TorchSharp;
using static TorchSharp.torch;

namespace AttentionNotebooks;

/// <summary>Where there is a GPU that this build can use: every embedded task trains and is tested there, and begins as on the processor.</summary>
public class GpuTests
{
    public static TheoryData<string> Embedded => new(TaskList.All.Where(entry => entry.DataSet is null).Select(entry => entry.Id));

    [SkippableTheory]
    [MemberData(nameof(Embedded))]
    public void A_task_trains_and_is_tested_on_the_GPU(string id)
    {
        Skip.IfNot(Cuda.IsAvailable, "there is no GPU that this build can use (-p:TorchBackend=cuda)");
        using var task = TaskList.Of(id).Create(DataRoot.Find());
        var options = new TrainingOptions { Steps = 2, BatchSize = 8, ReportEvery = 1 };
        foreach (var contender in task.Contenders)
        {
            using var there = AttentionTask.Train(contender, 0, options with { Device = CUDA });
            using var here = AttentionTask.Train(contender, 0, options with { Device = CPU });

            Assert.All(there.Model.Modules.Where(module => module is not Minibatches).SelectMany(module => module.parameters()), parameter => Assert.Equal(DeviceType.CUDA, parameter.device_type));
            Assert.Equal(here.History.Points[0].Metrics["loss"], there.History.Points[0].Metrics["loss"], 0.01);
            Assert.NotEmpty(AttentionTask.Test(there));
        }
    }
}
