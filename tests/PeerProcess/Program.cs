using System.Globalization;
using System.Net;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

// A rank in a process of its own: RANK ELEMENTS. Writes its end point, reads everybody's as one line, joins group "g@1", writes "joined";
// then adds up tensors without end or, if there are no elements, holds still until its input is closed.
LibTorch.EnsureLoaded();
var (rank, elements) = (int.Parse(args[0], CultureInfo.InvariantCulture), long.Parse(args[1], CultureInfo.InvariantCulture));
using var listener = new PeerListener(IPAddress.Loopback, new GroupEpochs());
Console.WriteLine(listener.EndPoint);
var endPoints = Console.ReadLine()!.Split(' ');
using var group = await TcpGroup.JoinAsync(listener, new GroupName("g", 1), rank, endPoints, TimeSpan.FromMinutes(1), CancellationToken.None);
Console.WriteLine("joined");

using var values = zeros(elements);
ICommunicator communicator = group;
while (elements > 0)
    communicator.AllReduceSum(values, CancellationToken.None);

Console.ReadLine();
