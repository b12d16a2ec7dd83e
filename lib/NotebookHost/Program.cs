using NotebookHost;

return await AttentionCommand.InvokeAsync(args);
