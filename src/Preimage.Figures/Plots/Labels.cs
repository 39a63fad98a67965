using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>Texts beside spots, inside a frame and clear of each other where there is room.</summary>
internal static class Labels
{
    private const double Size = 12.2;
    private const double Away = 9;

    /// <summary>Draws the labels of spots, away from the other spots and, where it can be, from those along curves.</summary>
    public static void Draw(Sheet sheet, Spot[] along, Frame frame, IReadOnlyList<(Spot At, string Text)> labels)
    {
        List<Frame> taken = [.. labels.Select(l => new Frame(l.At.X - 5, l.At.Y - 5, 10, 10))];
        foreach ((Spot at, string text) in labels)
        {
            string shown = Panel.Fitted(text, frame.Width - 12, Size);
            Frame[] rooms = [.. Rooms(frame, at, Panel.TextWidth(shown, Size) * 0.9)];
            Frame room = rooms.MinBy(r => 1000 * taken.Count(t => Meet(r, t)) + along.Count(s => Holds(r, s)));
            taken.Add(room);
            Anchor anchor =
                room.Left >= at.X ? Anchor.Start
                : room.Right <= at.X ? Anchor.End
                : Anchor.Middle;
            double x = anchor switch
            {
                Anchor.Start => room.Left,
                Anchor.End => room.Right,
                Anchor.Middle => room.Left + room.Width / 2,
            };
            sheet.Add(
                new TextMark(new(x, room.Bottom - 0.25 * Size), shown, Size, Inks.Text) { Anchor = anchor, Halo = true }
            );
        }
    }

    /// <summary>The places around a spot, the best first, that lie in the frame; where there is none, one that is pushed into it.</summary>
    private static IEnumerable<Frame> Rooms(Frame frame, Spot at, double width)
    {
        double height = 1.15 * Size;
        (double Left, double Top)[] places =
        [
            (at.X + Away, at.Y - height / 2),
            (at.X - Away - width, at.Y - height / 2),
            (at.X - width / 2, at.Y - Away - height),
            (at.X - width / 2, at.Y + Away),
            (at.X + Away, at.Y - Away - height),
            (at.X + Away, at.Y + Away),
            (at.X - Away - width, at.Y - Away - height),
            (at.X - Away - width, at.Y + Away),
        ];
        return places
            .Select(p => new Frame(p.Left, p.Top, width, height))
            .Where(r => Holds(frame, r))
            .DefaultIfEmpty(Pushed(frame, new(at.X - width / 2, at.Y - Away - height, width, height)));
    }

    private static bool Holds(Frame room, Spot spot) =>
        spot.X >= room.Left && spot.X <= room.Right && spot.Y >= room.Top && spot.Y <= room.Bottom;

    private static bool Holds(Frame frame, Frame room) =>
        room.Left >= frame.Left + 3
        && room.Right <= frame.Right - 3
        && room.Top >= frame.Top + 2
        && room.Bottom <= frame.Bottom - 2;

    private static bool Meet(Frame a, Frame b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private static Frame Pushed(Frame frame, Frame room) =>
        room with
        {
            Left = Math.Max(frame.Left + 3, Math.Min(room.Left, frame.Right - 3 - room.Width)),
            Top = Math.Max(frame.Top + 2, Math.Min(room.Top, frame.Bottom - 2 - room.Height)),
        };
}
