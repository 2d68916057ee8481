using Spectre.Console;

namespace Qnn.Tool.Output;

/// <summary>Shows long work on the standard error stream when a terminal is there; silent otherwise.</summary>
internal static class Progress
{
    /// <summary>Does work of unknown length under a spinner.</summary>
    public static T Spin<T>(string what, Func<T> work) =>
        Terminal() is { } terminal ? terminal.Status().Start(Markup.Escape(what), _ => work()) : work();

    /// <summary>Does work of <paramref name="total"/> parts, which reports each part it has done.</summary>
    public static void Count(string what, int total, Action<Action> work)
    {
        if (Terminal() is not { } terminal)
        {
            work(static () => { });
            return;
        }
        terminal.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: total);
            work(() => task.Increment(1));
        });
    }

    private static IAnsiConsole? Terminal() => Console.IsErrorRedirected || Console.IsOutputRedirected
        ? null
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
}
