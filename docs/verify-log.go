// Checks what a transparency log of Coldmint says, without Coldmint:
//
//	verify-log checkpoint KEY CHECKPOINT
//	verify-log proof KEY PROOF
//	verify-log consistency KEY OLD-CHECKPOINT UPDATE
//	verify-log cosignature KEY AUDITOR-KEY CHECKPOINT
//
// KEY is a file with the log's verifier key, which has to come from the vendor and not with the files
// that are checked; AUDITOR-KEY is that of somebody who cosigns checkpoints. PROOF is a file such as licenses.tlog-proof from a bundle, UPDATE one that
// `coldmint log consistency` writes. The exit status is 0 where all is well and 1 where it is not.
//
// With Debian's package it is run by
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify-log.go …
//
// Signatures, hashes and proofs are checked by golang.org/x/mod (Debian: golang-golang-x-mod-dev). The
// formats are those of c2sp.org: signed-note, tlog-checkpoint, tlog-proof, tlog-witness and
// tlog-cosignature.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The head of a log: its name, how many entries it has, and the root of the tree over them.
type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func main() {
	said, err := verify(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT VERIFIED:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

func verify(arguments []string) (string, error) {
	texts := []string{}
	for _, name := range arguments[min(1, len(arguments)):] {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", err
		}
		texts = append(texts, string(text))
	}
	switch {
	case len(texts) == 2 && arguments[0] == "checkpoint":
		return verifyCheckpoint(texts[0], texts[1])
	case len(texts) == 2 && arguments[0] == "proof":
		return verifyProof(texts[0], texts[1])
	case len(texts) == 3 && arguments[0] == "consistency":
		return verifyConsistency(texts[0], texts[1], texts[2])
	case len(texts) == 3 && arguments[0] == "cosignature":
		return verifyCosignature(texts[0], texts[1], texts[2])
	}
	return "", errors.New("say checkpoint, proof, consistency or cosignature, and the files: see the top of this program")
}

func verifyCheckpoint(key, signed string) (string, error) {
	head, err := open(key, signed)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s has %d entries, and its key signed that.", head.origin, head.size), nil
}

// The entry itself stands in the proof, in the line "extra".
func verifyProof(key, text string) (string, error) {
	lines, signed, err := split(text)
	if err != nil {
		return "", err
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return "", errors.New("not a proof with its entry in the line \"extra\"")
	}
	encoded, isExtra := cutPrefix(lines[1], "extra ")
	entry, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if !isExtra || err != nil {
		return "", errors.New("the line \"extra\" is missing or not base64")
	}
	index, err := number(lines[2], "index ")
	if err != nil {
		return "", err
	}
	path, err := hashes(lines[3:])
	if err != nil {
		return "", err
	}
	head, err := open(key, signed)
	if err != nil {
		return "", err
	}
	if index >= head.size {
		return "", errors.New("the entry lies beyond the end of the log")
	}
	if err := tlog.CheckRecord(path, head.size, head.root, index, tlog.RecordHash(entry)); err != nil {
		return "", err
	}
	return fmt.Sprintf("Entry %d of %s is in its log of %d entries: %s", index, head.origin, head.size, entry), nil
}

func verifyConsistency(key, oldSigned, update string) (string, error) {
	before, err := open(key, oldSigned)
	if err != nil {
		return "", fmt.Errorf("the old checkpoint: %w", err)
	}
	lines, signed, err := split(update)
	if err != nil {
		return "", err
	}
	size, err := number(lines[0], "old ")
	if err != nil {
		return "", err
	}
	if size != before.size {
		return "", fmt.Errorf("the proof begins at %d entries, the old checkpoint has %d", size, before.size)
	}
	path, err := hashes(lines[1:])
	if err != nil {
		return "", err
	}
	after, err := open(key, signed)
	if err != nil {
		return "", err
	}
	if before.origin != after.origin {
		return "", errors.New("the checkpoints are of two logs")
	}
	if before.size > 0 {
		if after.size < before.size {
			return "", errors.New("the log has lost entries")
		}
		if err := tlog.CheckTree(path, after.size, after.root, before.size, before.root); err != nil {
			return "", err
		}
	} else if len(path) > 0 {
		return "", errors.New("a log that was empty needs no proof")
	}
	return fmt.Sprintf("%s has grown from %d to %d entries, and no earlier one was touched.",
		after.origin, before.size, after.size), nil
}

func verifyCosignature(key, auditorKey, signed string) (string, error) {
	head, err := open(key, signed)
	if err != nil {
		return "", err
	}
	cosigner, err := newAuditor(strings.TrimSpace(auditorKey))
	if err != nil {
		return "", err
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(cosigner))
	if err != nil {
		return "", err
	}
	cosignature, err := base64.StdEncoding.DecodeString(opened.Sigs[0].Base64)
	if err != nil {
		return "", err
	}
	seconds := int64(binary.BigEndian.Uint64(cosignature[4:12]))
	return fmt.Sprintf("%s saw %s with %d entries at %s.", cosigner.name, head.origin, head.size,
		time.Unix(seconds, 0).UTC().Format(time.RFC3339)), nil
}

// Somebody's key of type 4, which signs a checkpoint together with a time.
type auditor struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newAuditor(vkey string) (*auditor, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("the auditor's key is not a name, an ID and a key")
	}
	material, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(material) != 33 || material[0] != 4 {
		return nil, errors.New("the auditor's key is none for cosignatures")
	}
	digest := sha256.Sum256([]byte(parts[0] + "\n" + string(material)))
	if hex.EncodeToString(digest[:4]) != parts[1] {
		return nil, errors.New("the auditor's key does not belong to its ID")
	}
	return &auditor{parts[0], binary.BigEndian.Uint32(digest[:4]), material[1:]}, nil
}

func (a *auditor) Name() string    { return a.name }
func (a *auditor) KeyHash() uint32 { return a.id }

// A cosignature is a time of eight bytes and a signature over that time and the checkpoint's text.
func (a *auditor) Verify(text, cosignature []byte) bool {
	if len(cosignature) != 8+ed25519.SignatureSize || cosignature[0] >= 0x80 {
		return false
	}
	seconds := binary.BigEndian.Uint64(cosignature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
	return ed25519.Verify(a.key, []byte(message), cosignature[8:])
}

// The checkpoint, if the key signed it.
func open(key, signed string) (checkpoint, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(key))
	if err != nil {
		return checkpoint{}, err
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return checkpoint{}, errors.New("the signed text is no checkpoint")
	}
	size, err := number(lines[1], "")
	if err != nil {
		return checkpoint{}, err
	}
	root, err := hashes(lines[2:3])
	if err != nil {
		return checkpoint{}, err
	}
	return checkpoint{lines[0], size, root[0]}, nil
}

// The lines before the first empty one, and what follows it.
func split(text string) ([]string, string, error) {
	end := strings.Index(text, "\n\n")
	if end < 0 {
		return nil, "", errors.New("no checkpoint follows the proof")
	}
	return strings.Split(text[:end], "\n"), text[end+2:], nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	read := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil || hash.String() != line {
			return nil, fmt.Errorf("%q is not the base64 of a hash", line)
		}
		read = append(read, hash)
	}
	return read, nil
}

func number(line, word string) (int64, error) {
	digits, isThere := cutPrefix(line, word)
	value, err := strconv.ParseInt(digits, 10, 64)
	if !isThere || err != nil || value < 0 || strconv.FormatInt(value, 10) != digits {
		return 0, fmt.Errorf("%q is not %q and a number", line, word)
	}
	return value, nil
}

func cutPrefix(text, prefix string) (string, bool) {
	return strings.TrimPrefix(text, prefix), strings.HasPrefix(text, prefix)
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}
