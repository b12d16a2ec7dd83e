using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace NotebookHost;

/// <summary>A Jupyter kernel: the same engine as <c>attention run</c>, asked by a front end instead of a file, and telling a front end instead of a page.</summary>
internal sealed class JupyterKernel : IDisposable
{
    private readonly Channel<JupyterRequest> _executions = Channel.CreateUnbounded<JupyterRequest>();
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _interruptLock = new();
    private readonly JupyterChannels _channels;
    private readonly JupyterSink _sink;
    private readonly CellEngine _engine;
    private readonly CellAssistant _assistant;
    private CancellationTokenSource? _interrupt;
    private JupyterRequest? _running;
    private bool _closed;

    /// <param name="connection">Where to listen.</param>
    /// <param name="folder">The notebook's folder.</param>
    public JupyterKernel(ConnectionFile connection, string folder)
    {
        _channels = new JupyterChannels(connection, OnShell, OnControl);
        _sink = new JupyterSink(_channels.Publish);
        _engine = new CellEngine(folder, _sink);
        _assistant = new CellAssistant(_engine.Options);
    }

    /// <summary>Serves until it is told to shut down.</summary>
    public async Task RunAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndInTheMiddle();
        _channels.Publish("status", Status("starting"), null);
        _channels.Start();
        _ = ExecuteAllAsync();
        await _shutdown.Task;
    }

    /// <summary>Stops the running cell, if there is one, as soon as it can be stopped.</summary>
    public void Interrupt()
    {
        lock (_interruptLock)
            _ = _interrupt?.CancelAsync();
    }

    public void Dispose()
    {
        _closed = true;
        _sink.Dispose();
        _channels.Dispose();
        _assistant.Dispose();
        _engine.Dispose();
    }

    private static JsonObject Status(string state) => new() { ["execution_state"] = state };

    private static JsonObject Ok(JsonObject? content = null)
    {
        content ??= [];
        content["status"] = "ok";
        return content;
    }

    private void OnShell(JupyterRequest request)
    {
        if (request.Type == "execute_request")
            _executions.Writer.TryWrite(request);
        else
            // Answered while a cell runs, too: nobody waits for it to know how a name goes on.
            _ = Task.Run(() => AnswerAsync(request, _channels.ReplyOnShell));
    }

    private void OnControl(JupyterRequest request) => _ = Task.Run(() => AnswerAsync(request, _channels.ReplyOnControl));

    private async Task AnswerAsync(JupyterRequest request, Action<JupyterRequest, JsonObject> reply)
    {
        _channels.Publish("status", Status("busy"), request);
        try
        {
            if (await ContentAsync(request) is { } content)
                reply(request, content);
        }
        catch (Exception exception)
        {
            reply(request, JupyterError.Reply(CellTrace.Describe(exception, 0)));
        }

        _channels.Publish("status", Status("idle"), request);
        if (request.Type == "shutdown_request")
            _shutdown.TrySetResult();
    }

    private async Task<JsonObject?> ContentAsync(JupyterRequest request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return Ok(KernelInfo.Content());
            case "complete_request":
                return Ok(await CompleteAsync(request));
            case "inspect_request":
                return Ok(await InspectAsync(request));
            case "is_complete_request":
                return IsComplete(request.Text("code"));
            case "history_request":
                return Ok(new JsonObject { ["history"] = new JsonArray() });
            case "comm_info_request":
                return Ok(new JsonObject { ["comms"] = new JsonObject() });
            case "interrupt_request":
                Interrupt();
                return Ok();
            case "shutdown_request":
                return Ok(new JsonObject { ["restart"] = request.Flag("restart", otherwise: false) });
            case "comm_open":
                // There is nothing here to talk to.
                _channels.Publish("comm_close", new JsonObject { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }, request);
                return null;
            default:
                return null;
        }
    }

    private async Task ExecuteAllAsync()
    {
        await foreach (JupyterRequest request in _executions.Reader.ReadAllAsync())
        {
            if (await ExecuteAsync(request) || !request.Flag("stop_on_error", otherwise: true))
                continue;
            // What was asked for before anyone could know of the error builds on the cell that failed.
            while (_executions.Reader.TryRead(out JupyterRequest? next))
                Abort(next);
        }
    }

    private async Task<bool> ExecuteAsync(JupyterRequest request)
    {
        _channels.Publish("status", Status("busy"), request);
        _sink.Begin(request);
        string code = request.Text("code");
        if (!request.Flag("silent", otherwise: false))
        {
            _sink.ExecutionCount++;
            _channels.Publish("execute_input", new JsonObject { ["code"] = code, ["execution_count"] = _sink.ExecutionCount }, request);
        }

        CellError? error = await RunAsync(request, code);
        _sink.Flush();
        JsonObject reply = error is null ? Ok(new JsonObject { ["payload"] = new JsonArray(), ["user_expressions"] = new JsonObject() }) : JupyterError.Reply(error);
        reply["execution_count"] = _sink.ExecutionCount;
        _channels.ReplyOnShell(request, reply);
        _channels.Publish("status", Status("idle"), request);
        return error is null;
    }

    private async Task<CellError?> RunAsync(JupyterRequest request, string code)
    {
        var interrupt = new CancellationTokenSource();
        (_running, _interrupt) = (request, interrupt);
        try
        {
            CellError? error = await _engine.ExecuteAsync(code, _sink.ExecutionCount, interrupt.Token);
            if (error is null)
                _assistant.Add(code);
            return error;
        }
        finally
        {
            lock (_interruptLock)
                (_running, _interrupt) = (null, null);
        }
    }

    private void Abort(JupyterRequest request)
    {
        _channels.Publish("status", Status("busy"), request);
        _channels.ReplyOnShell(request, new JsonObject { ["status"] = "aborted", ["execution_count"] = _sink.ExecutionCount });
        _channels.Publish("status", Status("idle"), request);
    }

    // A cell may end the process by Environment.Exit: who waits for it is told, and what was printed has arrived.
    private void EndInTheMiddle()
    {
        if (_closed || _running is not { } request)
            return;
        _closed = true;
        const string Message = "The cell ended the kernel's process. Start the kernel again.";
        var error = new CellError("ProcessEnded", Message, null, [Message]);
        _sink.Error(error);
        JsonObject reply = JupyterError.Reply(error);
        reply["execution_count"] = _sink.ExecutionCount;
        _channels.ReplyOnShell(request, reply);
        _channels.Publish("status", Status("idle"), request);
        _channels.Dispose();
    }

    private async Task<JsonObject> CompleteAsync(JupyterRequest request)
    {
        string code = request.Text("code");
        Completions found = await _assistant.CompleteAsync(code, CodePoints.ToIndex(code, request.Number("cursor_pos")));
        return new JsonObject
        {
            ["matches"] = new JsonArray([.. found.Items.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = CodePoints.FromIndex(code, found.Start),
            ["cursor_end"] = CodePoints.FromIndex(code, found.End),
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(item => new JsonObject { ["text"] = item.Text, ["type"] = item.Kind })]),
            },
        };
    }

    private async Task<JsonObject> InspectAsync(JupyterRequest request)
    {
        string code = request.Text("code");
        string? description = await _assistant.DescribeAsync(code, CodePoints.ToIndex(code, request.Number("cursor_pos")));
        return new JsonObject
        {
            ["found"] = description is not null,
            ["data"] = description is null ? new JsonObject() : new MimeBundle(MimeBundle.Plain, description).ToJson(),
            ["metadata"] = new JsonObject(),
        };
    }

    private static JsonObject IsComplete(string code)
    {
        Completeness completeness = CellAssistant.CompletenessOf(code);
        var content = new JsonObject { ["status"] = completeness.ToString().ToLowerInvariant() };
        if (completeness == Completeness.Incomplete)
            content["indent"] = code.TrimEnd().EndsWith('{') ? "    " : "";
        return content;
    }
}
