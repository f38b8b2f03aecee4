using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class BoxTests
{
    [Fact]
    public void Worked_example()
    {
        // Elements 3 to 16 of a 4 × 5 matrix: the rest of row 0, rows 1 and 2, the beginning of row 3.
        var boxes = Box.OfStretch([4, 5], 3, 14).ToArray();

        Assert.Equal([[0, 3], [1, 0], [3, 0]], boxes.Select(box => box.Offsets));
        Assert.Equal([[1, 2], [2, 5], [1, 2]], boxes.Select(box => box.Lengths));
    }

    [Fact]
    public void The_boxes_of_a_stretch_hold_its_elements_in_order()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 500; trial++)
        {
            var shape = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (long)random.Next(1, 6)).ToArray();
            var count = shape.Aggregate(1L, (product, length) => product * length);
            var start = random.NextInt64(count);
            var length = random.NextInt64(count - start + 1);

            var boxes = Box.OfStretch(shape, start, length).ToArray();
            var elements = boxes.SelectMany(box =>
                from run in new BoxRuns(box)
                from place in Enumerable.Range(0, (int)new BoxRuns(box).Length)
                select Box.Place(shape, run) + place);

            Assert.Equal(Enumerable.Range((int)start, (int)length).Select(place => (long)place), elements);
            Assert.InRange(boxes.Length, 0, (2 * shape.Length) - 1);
        }
    }
}
