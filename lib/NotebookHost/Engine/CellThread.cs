using System.Collections.Concurrent;
using System.Runtime;

namespace NotebookHost;

/// <summary>
/// The one thread that cells run on. After an <c>await</c> a cell comes back to it, so that TorchSharp's dispose scopes and
/// <c>no_grad</c>, which belong to a thread, survive.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private const int StackBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    // A cell that shows something has ended by then.
    private static readonly TimeSpan _untilTorn = TimeSpan.FromMilliseconds(150);

    private readonly BlockingCollection<(Context Context, SendOrPostCallback Callback, object? State)> _queue = [];
    private readonly Context _own;
    private readonly Thread _thread;

    public CellThread()
    {
        _own = new Context(this, CancellationToken.None);
        _thread = new Thread(Pump, StackBytes) { IsBackground = true, Name = "cells" };
        _thread.Start();
    }

    /// <summary>Whether it is the one that asks.</summary>
    public bool IsCurrent => Environment.CurrentManagedThreadId == _thread.ManagedThreadId;

    /// <summary>Does some work there, all its awaits included, after what was asked for before.</summary>
    public Task<T> InvokeAsync<T>(Func<Task<T>> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _own.Post(_ => _ = CompleteAsync(work, completion), null);
        return completion.Task;
    }

    /// <summary>
    /// Runs what may not end by itself. Whatever it does when it is interrupted, a loop, a wait, an <c>await</c>, it does it no more:
    /// the thread is torn out of it, and what it still awaits never comes back. Native code ends first.
    /// </summary>
    /// <param name="work">The work; called on this thread, from within <see cref="InvokeAsync"/>.</param>
    /// <param name="interrupt">Interrupts it.</param>
    /// <exception cref="CellInterruptedException">It was interrupted.</exception>
    public async Task<T> InterruptibleAsync<T>(Func<Task<T>> work, CancellationToken interrupt)
    {
        if (!interrupt.CanBeCanceled)
            return await work();

        var stop = new CancellationTokenSource();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = interrupt.Register(() =>
        {
            stopped.SetResult();
            // By a timer: tearing waits for native code, and nobody else does.
            stop.CancelAfter(_untilTorn);
        });
        var context = new Context(this, stop.Token);
        Task<T>? running = null;
        context.Run(_ => running = work(), null);
        SynchronizationContext.SetSynchronizationContext(_own);
        await Task.WhenAny(running ?? stopped.Task, stopped.Task);
        if (!interrupt.IsCancellationRequested)
            return await running!;
        context.Abandoned = true;
        throw new CellInterruptedException();
    }

    /// <summary>Wakes it if it sleeps or waits: there it cannot be stopped.</summary>
    public void Wake()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            _thread.Interrupt();
    }

    /// <summary>Waits for it no more: it ends when what it is in the middle of does, or with the process.</summary>
    public void Leave() => _queue.CompleteAdding();

    public void Dispose()
    {
        _queue.CompleteAdding();
        if (IsCurrent || _thread.Join(_patience))
            _queue.Dispose();
    }

    private static async Task CompleteAsync<T>(Func<Task<T>> work, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(await work());
        }
        catch (Exception exception)
        {
            completion.SetException(exception);
        }
    }

    private void Pump()
    {
        while (!_queue.IsCompleted)
        {
            try
            {
                foreach ((Context context, SendOrPostCallback callback, object? state) in _queue.GetConsumingEnumerable())
                    context.Run(callback, state);
            }
            catch (ThreadInterruptedException)
            {
                // Woken when there was nothing left to wake.
            }
        }
    }

    /// <summary>Where the continuations of one cell come back to.</summary>
    private sealed class Context(CellThread thread, CancellationToken interrupt) : SynchronizationContext
    {
        public bool Abandoned { get; set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            // What comes back to a cell that was left behind comes too late.
            if (!Abandoned && !thread._queue.IsAddingCompleted)
                thread._queue.Add((this, d, state));
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (thread.IsCurrent)
            {
                d(state);
                return;
            }

            using var done = new ManualResetEventSlim();
            Post(_ =>
            {
                d(state);
                done.Set();
            }, null);
            done.Wait();
        }

        public override SynchronizationContext CreateCopy() => this;

        public void Run(SendOrPostCallback callback, object? state)
        {
            if (Abandoned)
                return;
            SetSynchronizationContext(this);
            if (!interrupt.CanBeCanceled)
            {
                callback(state);
                return;
            }

            try
            {
#pragma warning disable SYSLIB0046 // What is torn apart is a cell, by the person who wrote it; no token stops a loop that looks at none.
                ControlledExecution.Run(() => callback(state), interrupt);
#pragma warning restore SYSLIB0046
            }
            catch (Exception exception) when (interrupt.IsCancellationRequested && exception is OperationCanceledException or ThreadInterruptedException)
            {
                Abandoned = true;
            }
        }
    }
}
