using System.Numerics;

namespace Qnn.Runtime.Kernels.Reduction;

/// <summary>
/// The algorithms of GNU's C++ library that put the greatest elements of a row first (bits/stl_algo.h, bits/stl_heap.h), on the elements' places: they do not keep equal elements in order,
/// so whose answers are to be the same must take the same steps. NaN is greater than any number.
/// </summary>
internal readonly unsafe ref struct StandardOrder<T>(T* row, int* places) where T : unmanaged, INumber<T>
{
    // Fewer elements are left to insertion.
    private const int Threshold = 16;

    private readonly T* _row = row;
    private readonly int* _places = places;

    /// <summary>std::partial_sort: the first elements are the greatest, in order.</summary>
    public void PartialSort(int first, int middle, int last)
    {
        SelectByHeap(first, middle, last);
        for (; middle - first > 1; middle--) PopHeap(first, middle - 1, middle - 1);
    }

    /// <summary>std::nth_element: the element at a place is the one of the order; greater ones stand before it.</summary>
    public void Select(int first, int nth, int last)
    {
        for (int depth = 2 * BitOperations.Log2((uint)(last - first)); last - first > 3; depth--)
        {
            if (depth == 0)
            {
                SelectByHeap(first, nth + 1, last);
                Swap(first, nth);
                return;
            }
            int cut = Partition(first, last);
            if (cut <= nth) first = cut;
            else last = cut;
        }
        Insert(first, last);
    }

    /// <summary>std::sort.</summary>
    public void Sort(int first, int last)
    {
        if (first == last) return;
        SortRoughly(first, last, 2 * BitOperations.Log2((uint)(last - first)));
        Insert(first, Math.Min(last, first + Threshold));
        for (int i = first + Threshold; i < last; i++) InsertOne(i);
    }

    private bool Before(int a, int b) => _row[a] > _row[b] || T.IsNaN(_row[a]) && !T.IsNaN(_row[b]);

    private void Swap(int a, int b) => (_places[a], _places[b]) = (_places[b], _places[a]);

    private void SortRoughly(int first, int last, int depth)
    {
        for (; last - first > Threshold; depth--)
        {
            if (depth == 0)
            {
                PartialSort(first, last, last);
                return;
            }
            int cut = Partition(first, last);
            SortRoughly(cut, last, depth - 1);
            last = cut;
        }
    }

    // Around the median of three, which is put first.
    private int Partition(int first, int last)
    {
        int a = first + 1, b = first + (last - first) / 2, c = last - 1;
        bool ab = Before(_places[a], _places[b]), bc = Before(_places[b], _places[c]), ac = Before(_places[a], _places[c]);
        Swap(first, ab ? bc ? b : ac ? c : a : ac ? a : bc ? c : b);
        int pivot = _places[first];
        for (int low = first + 1, high = last; ; low++)
        {
            while (Before(_places[low], pivot)) low++;
            high--;
            while (Before(pivot, _places[high])) high--;
            if (low >= high) return low;
            Swap(low, high);
        }
    }

    private void Insert(int first, int last)
    {
        for (int i = first + 1; i < last; i++)
        {
            if (!Before(_places[i], _places[first]))
            {
                InsertOne(i);
                continue;
            }
            int place = _places[i];
            for (int j = i; j > first; j--) _places[j] = _places[j - 1];
            _places[first] = place;
        }
    }

    // Where an element that is not before all others belongs.
    private void InsertOne(int at)
    {
        int place = _places[at];
        for (; Before(place, _places[at - 1]); at--) _places[at] = _places[at - 1];
        _places[at] = place;
    }

    private void SelectByHeap(int first, int middle, int last)
    {
        for (int parent = (middle - first - 2) / 2; parent >= 0 && middle - first > 1; parent--) Adjust(first, parent, middle - first, _places[first + parent]);
        for (int i = middle; i < last; i++)
        {
            if (Before(_places[i], _places[first])) PopHeap(first, middle, i);
        }
    }

    private void PopHeap(int first, int last, int result)
    {
        int place = _places[result];
        _places[result] = _places[first];
        Adjust(first, 0, last - first, place);
    }

    private void Adjust(int first, int hole, int length, int place)
    {
        int top = hole, child = hole;
        while (child < (length - 1) / 2)
        {
            child = 2 * (child + 1);
            if (Before(_places[first + child], _places[first + child - 1])) child--;
            _places[first + hole] = _places[first + child];
            hole = child;
        }
        if ((length & 1) == 0 && child == (length - 2) / 2)
        {
            child = 2 * (child + 1);
            _places[first + hole] = _places[first + child - 1];
            hole = child - 1;
        }
        for (int parent = (hole - 1) / 2; hole > top && Before(_places[first + parent], place); parent = (hole - 1) / 2)
        {
            _places[first + hole] = _places[first + parent];
            hole = parent;
        }
        _places[first + hole] = place;
    }
}
