using System.Collections.Immutable;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Common English words of three to seven small letters, none twice.</summary>
internal static class Words
{
    public static ImmutableArray<string> All { get; } =
    [
        .. """
        able acid acorn actor add age air alarm album alert alone amber angle ankle apple april arch arm army art ash aunt autumn
        baby back badge baker ball banana band bank barn basin bath beach bean bear beard bed bee bell bench berry bird blade blue
        board boat body bone book boot bottle bowl box boy branch bread brick bridge brother brown brush bucket button cabin cable
        cake camel camera candle canoe cap car card carpet cart cat cedar chain chair chalk cheese cherry chess child circle city
        clay clock cloud coast coat coin cold comet copper coral corn cotton cow crab cradle crown cup curtain dance dawn day deer
        desert desk diamond dice dinner dog dolphin donkey door dragon dream dress drum duck dust eagle ear earth east echo edge
        eel egg elbow elm engine evening eye face fairy falcon farm feather fence fern fiddle field fig finger fire fish flag flame
        flute fog forest fork fox frog fruit garden garlic gate ghost giant ginger girl glass globe glove goat gold goose grain
        grape grass gravel green guitar hair hammer hand harbor hare harp hat hawk hazel heart hedge helmet hen hill hive honey
        horn horse house ice ink iron island ivory ivy jacket jam jar jewel judge juice jungle kettle key king kite kitten knife
        knot ladder lake lamb lamp lantern laugh leaf leather lemon letter lily lime lion lizard lock loom lunch magnet maple
        marble market mask meadow melon metal milk mill mint mirror mist mole monkey moon morning moss moth mouse mouth music nail
        neck needle nest net night north nose novel nut oak oar ocean olive onion orange orchard otter oven owl oyster paint palace
        palm paper park parrot path peach pear pearl pebble pencil pepper piano pigeon pillow pilot pine pipe planet plate plum
        pocket poem pond pony poppy potato prince pumpkin puppet queen quilt rabbit radio rain raven ribbon rice ring river robin
        rocket roof root rope rose ruby saddle sail salt sand scarf school sea seed shadow sheep shell ship shoe silk silver sister
        sky sleep smoke snail snow soap sock song soup south spade spider spoon spring star steam stone storm straw stream summer
        sun swan table tail tea tent thread throne thumb thunder tiger timber toast tomato tooth torch tower train tree tulip
        tunnel turtle valley velvet village violet violin wagon wall walnut water wave wax well west whale wheat wheel willow wind
        window wing winter wolf wood wool yard year yellow zebra
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];
}
