// What `coldmint run` does, as one would write it in Go with golang-jwt, go-sqlite3 and archive/tar;
// tokens are signed on all processors.
//
//	issue FOLDER
//
// FOLDER has inbox/, outbox/ and key.pem. Prints how many licenses were issued.
package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v4"
	_ "github.com/mattn/go-sqlite3"
)

const issuer = "https://licenses.example.com"
const dropsAtATime = 256
const schema = `
CREATE TABLE IF NOT EXISTS run (number INTEGER PRIMARY KEY, started_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS drop_file (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL UNIQUE,
  receipt TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS license (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
  customer TEXT NOT NULL, description TEXT, not_before INTEGER NOT NULL,
  expires_at INTEGER NOT NULL, run INTEGER NOT NULL, drop_file INTEGER NOT NULL,
  token TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS license_customer ON license (customer, number);
CREATE INDEX IF NOT EXISTS license_end ON license (expires_at);
CREATE INDEX IF NOT EXISTS license_run ON license (run, customer);
CREATE TABLE IF NOT EXISTS bundle (
  run INTEGER, customer TEXT, sha256 BLOB NOT NULL, PRIMARY KEY (run, customer));`

type request struct {
	Name, Customer                    string
	Description, NotBefore, ExpiresAt *string
	Action, RequestID                 *string
	Payload                           map[string]any
	id, token                         string
	begin, end                        int64
}

type license struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description,omitempty"`
	NotBefore   int64   `json:"notBefore"`
	ExpiresAt   int64   `json:"expiresAt"`
	Path        string  `json:"path"`
	token       string
}

type station struct {
	folder, kid string
	now         time.Time
	key         ed25519.PrivateKey
	public      ed25519.PublicKey
	publicPEM   []byte
	ledger      *sql.DB
}

var customerForm = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
var notInSlug = regexp.MustCompile(`[^a-z0-9]+`)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func open(folder string) *station {
	block, _ := pem.Decode(must(os.ReadFile(filepath.Join(folder, "key.pem"))))
	key := must(x509.ParsePKCS8PrivateKey(block.Bytes)).(ed25519.PrivateKey)
	public := key.Public().(ed25519.PublicKey)
	x := base64.RawURLEncoding.EncodeToString(public)
	thumbprint := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	der := must(x509.MarshalPKIXPublicKey(public))
	ledger := must(sql.Open("sqlite3", "file:"+filepath.Join(folder, "ledger.sqlite")+
		"?_journal_mode=TRUNCATE&_synchronous=EXTRA"))
	ledger.SetMaxOpenConns(1)
	must(ledger.Exec(schema))
	return &station{
		folder: folder, kid: base64.RawURLEncoding.EncodeToString(thumbprint[:]), now: time.Now(),
		key: key, public: public, ledger: ledger,
		publicPEM: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
	}
}

func newID(now time.Time) string {
	var id [16]byte
	must(rand.Read(id[6:]))
	milliseconds := now.UnixMilli()
	for place := 0; place < 6; place++ {
		id[place] = byte(milliseconds >> (40 - 8*place))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	digits := hex.EncodeToString(id[:])
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" +
		digits[20:]
}

func seconds(text *string, otherwise int64) (int64, error) {
	if text == nil {
		return otherwise, nil
	}
	form := time.RFC3339
	if len(*text) == 10 {
		form = "2006-01-02"
	}
	parsed, err := time.Parse(form, *text)
	return parsed.Unix(), err
}

func (s *station) validate(r *request) error {
	if r.Name == "" || len([]rune(r.Name)) > 200 || strings.TrimSpace(r.Name) != r.Name {
		return errors.New("name")
	}
	if !customerForm.MatchString(r.Customer) || r.Payload == nil {
		return errors.New("customer or payload")
	}
	for _, name := range []string{"exp", "nbf", "iss", "sub", "aud", "iat"} {
		if _, found := r.Payload[name]; found {
			return errors.New("reserved claim")
		}
	}
	today := s.now.Unix() / 86400 * 86400
	var err error
	if r.begin, err = seconds(r.NotBefore, today); err != nil {
		return err
	}
	if r.end, err = seconds(r.ExpiresAt, today+365*86400); err != nil {
		return err
	}
	if r.end <= r.begin || r.end <= s.now.Unix() {
		return errors.New("dates")
	}
	return nil
}

func (s *station) verify(token string) error {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"EdDSA"}), jwt.WithoutClaimsValidation())
	_, err := parser.Parse(token, func(*jwt.Token) (any, error) { return s.public, nil })
	return err
}

func (s *station) sign(r *request) error {
	r.id = newID(s.now)
	claims := jwt.MapClaims{"iss": issuer, "sub": r.id, "aud": []string{"license-key"},
		"iat": s.now.Unix(), "nbf": r.begin, "exp": r.end}
	for name, value := range r.Payload {
		claims[name] = value
	}
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims)
	token.Header["kid"] = s.kid
	var err error
	if r.token, err = token.SignedString(s.key); err != nil {
		return err
	}
	return s.verify(r.token)
}

func (s *station) signAll(requests []*request) {
	var group sync.WaitGroup
	workers := runtime.NumCPU()
	for worker := 0; worker < workers; worker++ {
		group.Add(1)
		go func(worker int) {
			defer group.Done()
			for place := worker; place < len(requests); place += workers {
				check(s.validate(requests[place]))
				check(s.sign(requests[place]))
			}
		}(worker)
	}
	group.Wait()
}

func parse(text []byte) []*request {
	requests := []*request{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		check(decoder.Decode(&requests))
	} else {
		one := &request{}
		check(decoder.Decode(one))
		requests = append(requests, one)
	}
	return requests
}

func (s *station) record(paths []string, run int64) {
	var texts [][]byte
	var drops [][]*request
	var all []*request
	for _, path := range paths {
		text := must(os.ReadFile(path))
		texts = append(texts, text)
		drops = append(drops, parse(text))
		all = append(all, drops[len(drops)-1]...)
	}
	s.signAll(all)
	tx := must(s.ledger.Begin())
	insert := must(tx.Prepare(`INSERT INTO license (id, name, customer, description, not_before,
		expires_at, run, drop_file, token) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`))
	for place, path := range paths {
		digest := sha256.Sum256(texts[place])
		inserted := must(tx.Exec("INSERT INTO drop_file (run, name, sha256, receipt) VALUES (?, ?, ?, '')",
			run, filepath.Base(path), digest[:]))
		drop := must(inserted.LastInsertId())
		results := []map[string]any{}
		for _, r := range drops[place] {
			must(insert.Exec(r.id, r.Name, r.Customer, r.Description, r.begin, r.end, run, drop,
				r.token))
			results = append(results, map[string]any{"action": "create", "license": r.id,
				"name": r.Name, "customer": r.Customer,
				"bundle": fmt.Sprintf("%s/%s-%06d.tar", r.Customer, r.Customer, run)})
		}
		receipt := must(json.MarshalIndent(map[string]any{"outcome": "accepted",
			"file": filepath.Base(path), "sha256": hex.EncodeToString(digest[:]), "run": run,
			"results": results}, "", "  "))
		must(tx.Exec("UPDATE drop_file SET receipt = ? WHERE id = ?", string(receipt), drop))
	}
	check(insert.Close())
	check(tx.Commit())
}

func (s *station) licenses(customer string, run int64) []license {
	rows := must(s.ledger.Query(`SELECT id, name, description, not_before, expires_at, token
		FROM license WHERE run = ? AND customer = ? ORDER BY number`, run, customer))
	defer rows.Close()
	all := []license{}
	for rows.Next() {
		var l license
		check(rows.Scan(&l.ID, &l.Name, &l.Description, &l.NotBefore, &l.ExpiresAt, &l.token))
		all = append(all, l)
	}
	return all
}

func (s *station) files(customer, bundle string, run int64) map[string][]byte {
	files := map[string][]byte{}
	licenses := s.licenses(customer, run)
	var page strings.Builder
	for place := range licenses {
		l := &licenses[place]
		slug := strings.Trim(notInSlug.ReplaceAllString(strings.ToLower(l.Name), "-"), "-")
		if len(slug) > 40 {
			slug = slug[:40]
		}
		label := slug + "-" + l.ID[24:]
		folder := "licenses/" + label
		l.Path = folder + "/license.jwt"
		files[l.Path] = []byte(l.token)
		files[folder+"/license.env"] = []byte("LICENSE_KEY=" + l.token + "\n")
		files[folder+"/helm-values.yaml"] = []byte("licenseKey: \"" + l.token + "\"\n")
		files[folder+"/kubernetes-secret.yaml"] = []byte("apiVersion: v1\nkind: Secret\nmetadata:\n" +
			"  name: license-" + label + "\ntype: Opaque\ndata:\n  LICENSE_KEY: " +
			base64.StdEncoding.EncodeToString([]byte(l.token)) + "\n")
		if place < 1000 {
			page.WriteString(html.EscapeString(l.Name + " " + l.token))
		}
	}
	files["README.txt"] = []byte("License keys for " + customer + "\n")
	files["index.html"] = []byte("<!DOCTYPE html><title>License keys</title><pre>" + page.String())
	files["public-key.pem"] = s.publicPEM
	x := base64.RawURLEncoding.EncodeToString(s.public)
	files["jwks.json"] = must(json.MarshalIndent(map[string]any{"keys": []map[string]string{
		{"kty": "OKP", "crv": "Ed25519", "x": x, "kid": s.kid, "alg": "EdDSA"}}}, "", "  "))
	files["manifest.json"] = must(json.MarshalIndent(map[string]any{"bundle": bundle,
		"customer": customer, "issuer": issuer, "licenses": licenses}, "", "  "))
	var sums bytes.Buffer
	fmt.Fprintf(&sums, "# bundle %s\n", bundle)
	for _, path := range sorted(files) {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(files[path]), path)
	}
	files["SHA256SUMS"] = sums.Bytes()
	files["SHA256SUMS.sig"] = ed25519.Sign(s.key, sums.Bytes())
	return files
}

func sorted(files map[string][]byte) []string {
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	return paths
}

// checkBundle reads a bundle back; every file must be as it was to be, and every token valid.
func (s *station) checkBundle(draft *os.File, bundle string, files map[string][]byte) []byte {
	must(draft.Seek(0, io.SeekStart))
	whole := sha256.New()
	reader := tar.NewReader(io.TeeReader(draft, whole))
	count := 0
	for {
		entry, err := reader.Next()
		if err == io.EOF {
			break
		}
		check(err)
		content := must(io.ReadAll(reader))
		path := strings.TrimPrefix(entry.Name, bundle+"/")
		if sha256.Sum256(content) != sha256.Sum256(files[path]) {
			check(errors.New(entry.Name + " is not as it was written"))
		}
		if strings.HasSuffix(path, "license.jwt") {
			check(s.verify(string(content)))
		}
		count++
	}
	if count != len(files) {
		check(errors.New("files are missing"))
	}
	must(io.Copy(whole, draft))
	return whole.Sum(nil)
}

func (s *station) publish(customer string, run int64) []byte {
	bundle := fmt.Sprintf("%s-%06d", customer, run)
	files := s.files(customer, bundle, run)
	place := filepath.Join(s.folder, "outbox", customer)
	check(os.MkdirAll(place, 0o777))
	name := filepath.Join(place, "."+bundle+".tar.part")
	draft := must(os.Create(name))
	buffered := bufio.NewWriterSize(draft, 1<<20)
	writer := tar.NewWriter(buffered)
	for _, path := range sorted(files) {
		check(writer.WriteHeader(&tar.Header{Name: bundle + "/" + path, Mode: 0o644,
			Size: int64(len(files[path])), ModTime: s.now, Format: tar.FormatUSTAR}))
		must(writer.Write(files[path]))
	}
	check(writer.Close())
	check(buffered.Flush())
	digest := s.checkBundle(draft, bundle, files)
	check(draft.Sync())
	check(draft.Close())
	check(os.Rename(name, filepath.Join(place, bundle+".tar")))
	syncFolder(place)
	return digest
}

func syncFolder(path string) {
	folder := must(os.Open(path))
	check(folder.Sync())
	check(folder.Close())
}

func (s *station) settle(run int64) {
	inbox := filepath.Join(s.folder, "inbox")
	accepted := filepath.Join(inbox, "accepted")
	check(os.MkdirAll(accepted, 0o777))
	rows := must(s.ledger.Query("SELECT name, receipt FROM drop_file WHERE run = ?", run))
	defer rows.Close()
	for rows.Next() {
		var name, receipt string
		check(rows.Scan(&name, &receipt))
		draft := filepath.Join(accepted, "."+name+".receipt.json.part")
		file := must(os.Create(draft))
		must(file.WriteString(receipt))
		check(file.Sync())
		check(file.Close())
		check(os.Rename(draft, filepath.Join(accepted, name+".receipt.json")))
		check(os.Rename(filepath.Join(inbox, name), filepath.Join(accepted, name)))
	}
	syncFolder(accepted)
	syncFolder(inbox)
}

func (s *station) run() int {
	inserted := must(s.ledger.Exec("INSERT INTO run (started_at) VALUES (?)", s.now.Unix()))
	run := must(inserted.LastInsertId())
	drops := must(filepath.Glob(filepath.Join(s.folder, "inbox", "*.json")))
	for start := 0; start < len(drops); start += dropsAtATime {
		end := start + dropsAtATime
		if end > len(drops) {
			end = len(drops)
		}
		s.record(drops[start:end], run)
	}
	rows := must(s.ledger.Query(
		"SELECT DISTINCT customer FROM license WHERE run = ? ORDER BY customer", run))
	customers := []string{}
	for rows.Next() {
		var customer string
		check(rows.Scan(&customer))
		customers = append(customers, customer)
	}
	rows.Close()
	digests := map[string][]byte{}
	var group sync.WaitGroup
	var lock sync.Mutex
	queue := make(chan string)
	for worker := 0; worker < runtime.NumCPU(); worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for customer := range queue {
				digest := s.publish(customer, run)
				lock.Lock()
				digests[customer] = digest
				lock.Unlock()
			}
		}()
	}
	for _, customer := range customers {
		queue <- customer
	}
	close(queue)
	group.Wait()
	tx := must(s.ledger.Begin())
	for customer, digest := range digests {
		must(tx.Exec("INSERT INTO bundle VALUES (?, ?, ?)", run, customer, digest))
	}
	check(tx.Commit())
	s.settle(run)
	var count int
	check(s.ledger.QueryRow("SELECT count(*) FROM license WHERE run = ?", run).Scan(&count))
	return count
}

func main() {
	fmt.Println(open(os.Args[1]).run())
}
