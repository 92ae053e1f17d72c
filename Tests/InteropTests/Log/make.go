// Writes logs as golang.org/x/mod makes them: for each size that is given, a folder with tiles, a
// checkpoint, and proofs. The key's vkey is printed.
package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func write(name, text string) {
	must(os.MkdirAll(filepath.Dir(name), 0o777))
	must(os.WriteFile(name, []byte(text), 0o666))
}

func lines(hashes []tlog.Hash) string {
	text := ""
	for _, hash := range hashes {
		text += hash.String() + "\n"
	}
	return text
}

func makeLog(size int64, signer note.Signer) {
	stored := []tlog.Hash{}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := []tlog.Hash{}
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for index := int64(0); index < size; index++ {
		hashes, err := tlog.StoredHashes(index, []byte(fmt.Sprint(index)), reader)
		must(err)
		stored = append(stored, hashes...)
	}
	folder := fmt.Sprint(size)
	for _, tile := range tlog.NewTiles(8, 0, size) {
		data, err := tlog.ReadTileData(tile, reader)
		must(err)
		// C2SP has one height, and so leaves it out of the path.
		write(filepath.Join(folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)), string(data))
	}
	root, err := tlog.TreeHash(size, reader)
	must(err)
	text := fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	must(err)
	write(filepath.Join(folder, "checkpoint"), string(signed))

	index, old := size*2/3, size/3+1
	path, err := tlog.ProveRecord(size, index, reader)
	must(err)
	write(filepath.Join(folder, "proof"), fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s", index, lines(path), signed))
	proof, err := tlog.ProveTree(size, old, reader)
	must(err)
	write(filepath.Join(folder, "update"), fmt.Sprintf("old %d\n%s\n%s", old, lines(proof), signed))
}

func main() {
	secret, vkey, err := note.GenerateKey(rand.Reader, "go.example.com/log")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	for _, argument := range os.Args[1:] {
		size, err := strconv.ParseInt(argument, 10, 64)
		must(err)
		makeLog(size, signer)
	}
	fmt.Println(vkey)
}
