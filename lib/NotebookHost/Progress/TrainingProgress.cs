using AttentionNotebooks;
using Spectre.Console;

namespace NotebookHost;

/// <summary>A bar that shows how far a training run is and how long it will take; nothing where there is no terminal.</summary>
internal static class TrainingProgress
{
    public static T Show<T>(string name, Func<Action<TrainingHistory>?, T> train)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
            return train(null);

        return AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(name), maxValue: 1);
                return train(history => bar.Value = (double)history.Last!.Step / history.Planned);
            });
    }
}
