namespace AttentionNotebooks;

/// <summary>A contender beside soft attention in the same task.</summary>
/// <param name="Task">The experiment's id.</param>
/// <param name="Contender">Its name.</param>
/// <param name="Role">Its colour.</param>
/// <param name="Ahead">How far it is ahead in the task's first metric, a share; negative where it is behind.</param>
/// <param name="Operations">Operations to answer one example, as a multiple; null where its model does not say.</param>
/// <param name="Seconds">Processor time to train, as a multiple.</param>
/// <param name="Pointing">How much more often it is at the right place, a share; null where no one knows the right place.</param>
public sealed record FrontierPlace(string Task, string Contender, Role Role, double Ahead, double? Operations, double Seconds, double? Pointing);
